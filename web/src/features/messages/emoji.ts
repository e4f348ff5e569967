/** The usual signs with the words that find them; the first word is their name. */
const table = `
👍 thumbs_up yes good +1|👎 thumbs_down no bad -1|✅ check done ok|❌ cross no wrong|👀 eyes look seen|🙏 thanks please pray
👏 clap bravo|🙌 hooray hands|💪 strong muscle|👋 wave hello bye|🤝 handshake deal|✋ hand stop
🎉 tada party celebrate|🥳 partying celebrate|🎂 cake birthday|🏆 trophy win|❤️ heart love red|🧡 orange_heart|💛 yellow_heart
💚 green_heart|💙 blue_heart|💜 purple_heart|💯 hundred full|🔥 fire hot lit|⚡ lightning zap fast power|✨ sparkles new shiny
⭐ star|🌊 wave_sea water ocean|☀️ sun sunny|🌧️ rain cloud|😀 grin happy smile|😄 smile happy|😂 joy laugh tears lol
🙂 slight_smile|😉 wink|😊 blush happy|😍 heart_eyes love|😎 cool sunglasses|🤔 thinking hmm|🤨 raised_eyebrow doubt
😐 neutral|😴 sleep tired|😢 cry sad tear|😭 sob cry|😮 wow open_mouth surprised|😱 scream fear|😅 sweat_smile phew
🙃 upside_down|🤯 mind_blown exploding|🤞 fingers_crossed luck|🤖 robot bot|👻 ghost|☕ coffee|🍵 tea|🍕 pizza lunch
🍎 apple|🍰 cake_slice|🚀 rocket ship launch|⛵ sailboat boat|🚲 bike|🚢 ship ferry|🧭 compass|📌 pin pushpin
📎 paperclip attach|📅 calendar date|⏰ alarm clock|⌛ hourglass wait|💡 idea bulb|🔧 wrench fix|🔍 search find
📈 chart_up rise|📉 chart_down fall|📦 package box|🔒 lock safe|🔑 key|🐛 bug|🐳 whale|🐙 octopus|🦀 crab|🌱 seedling plant
➕ plus add|➖ minus|❓ question|❗ exclamation`;

export interface Emoji {
  readonly sign: string;
  readonly names: readonly string[];
}

export const emoji: readonly Emoji[] = table
  .split(/[|\n]/)
  .filter(Boolean)
  .map((entry) => {
    const [sign = '', ...names] = entry.split(' ');
    return { sign, names };
  });

const nameBySign = new Map(emoji.map(({ sign, names }) => [sign, names[0]]));

/** What a sign is called. The names are English: in other languages the sign stands for itself, and is read aloud as such. */
export function emojiName(sign: string, language: string): string {
  const name = language === 'en' ? nameBySign.get(sign) : undefined;
  return name?.replace(/_/g, ' ') ?? sign;
}

/** Those that a word means; those whose name begins so stand first. */
export function emojiFor(query: string): readonly Emoji[] {
  const wanted = query.trim().toLowerCase().replace(/\s+/g, '_');
  if (wanted === '') return emoji;
  const begins = emoji.filter(({ names }) => names.some((name) => name.startsWith(wanted)));
  const rest = emoji.filter((item) => !begins.includes(item) && item.names.some((name) => name.includes(wanted)));
  return [...begins, ...rest];
}
