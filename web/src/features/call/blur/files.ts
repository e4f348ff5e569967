import graph from '@mediapipe/selfie_segmentation/selfie_segmentation.binarypb?url&no-inline';
import library from '@mediapipe/selfie_segmentation/selfie_segmentation.js?url&no-inline';
import squareModel from '@mediapipe/selfie_segmentation/selfie_segmentation.tflite?url&no-inline';
import wideModel from '@mediapipe/selfie_segmentation/selfie_segmentation_landscape.tflite?url&no-inline';
import simdLoader from '@mediapipe/selfie_segmentation/selfie_segmentation_solution_simd_wasm_bin.js?url&no-inline';
import simdCode from '@mediapipe/selfie_segmentation/selfie_segmentation_solution_simd_wasm_bin.wasm?url&no-inline';
import plainLoader from '@mediapipe/selfie_segmentation/selfie_segmentation_solution_wasm_bin.js?url&no-inline';
import plainCode from '@mediapipe/selfie_segmentation/selfie_segmentation_solution_wasm_bin.wasm?url&no-inline';

/** Where this server keeps the parts of the library; nothing comes from anywhere else. */
export const libraryUrl = library;

const urls: Readonly<Record<string, string>> = {
  'selfie_segmentation.binarypb': graph,
  'selfie_segmentation.tflite': squareModel,
  'selfie_segmentation_landscape.tflite': wideModel,
  'selfie_segmentation_solution_simd_wasm_bin.js': simdLoader,
  'selfie_segmentation_solution_simd_wasm_bin.wasm': simdCode,
  'selfie_segmentation_solution_wasm_bin.js': plainLoader,
  'selfie_segmentation_solution_wasm_bin.wasm': plainCode,
};

export const locateFile = (name: string): string => urls[name] ?? name;
