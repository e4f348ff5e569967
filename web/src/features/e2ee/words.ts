const text = `acorn alder amber anchor apple april arrow aspen autumn badge bagel bamboo banjo barley basil beacon
beaver bench berry birch bison blanket bonfire bottle bramble bread breeze brick bridge bronze bucket butter
cabin cactus camel candle canoe canyon carbon carpet castle cedar cello chalk cherry chess chimney cinema
circle citrus clay cliff clover cobalt coconut coffee comet copper coral cotton cradle crane crayon cricket
crystal cuckoo curtain cycle daisy dancer delta desert diamond dolphin donkey dragon drum dune eagle echo
elbow ember emerald engine fabric falcon feather fennel fern ferry fiddle finger flame flint flute forest
fossil fountain fox frost galaxy garden garlic geyser ginger glacier glove goblet granite grape gravel guitar
hammer harbor harp hazel heron hickory honey horizon hornet hotel island ivory jacket jaguar jasmine jelly
jewel jigsaw juniper kayak kettle kitten koala ladder lagoon lantern lemon lichen lilac linen lion lobster
lotus lumber magnet mango maple marble market meadow melon mercury mirror mitten monsoon moon mosaic moss
muffin museum nectar needle nest nickel nutmeg oasis oboe ocean olive onion opal orbit orchid otter oyster
paddle palace panda paper parrot pebble pepper piano pigeon pillow pine planet plum pocket poppy prairie
prism pumpkin quartz quilt rabbit radish raft rainbow raven ribbon river robin rocket rudder saddle saffron
salmon sandal sapphire satin scarf seal shadow shell silver spruce squirrel starling sunrise swan table tango
teapot temple thistle thunder tiger timber tomato topaz trumpet tulip tunnel turtle umbrella valley vanilla
velvet village violin walnut willow window winter wizard yacht zebra cobra gondola lizard rhubarb sparrow yogurt`;

/** 256 words that are hard to mistake for each other by ear. */
export const words: readonly string[] = text.split(/\s+/);

/** A word for each byte. */
export const wordsOf = (bytes: Uint8Array): readonly string[] => [...bytes].map((byte) => words[byte] ?? '');

/** The same bytes for whom the words are foreign: five digits for every two. */
export function digitsOf(bytes: Uint8Array): readonly string[] {
  const groups: string[] = [];
  for (let at = 0; at + 1 < bytes.length; at += 2) groups.push(String((bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)).padStart(5, '0'));
  return groups;
}
