const EXTENSIONS: Readonly<Record<string, string>> = {
  'an image':
    'png jpg jpeg jpe gif bmp tif tiff webp ico icns heic heif avif jxl jp2 psd xcf ai eps svg svgz raw cr2 nef arw dng tga dds exr hdr blend',
  'an archive':
    'bz2 tbz tbz2 xz txz zst lz lzma 7z rar jar war ear apk ipa aab deb rpm dmg iso img cab msi whl egg gem crate nupkg xpi crx cpio ar',
  'a sound file': 'mp3 wav flac ogg oga opus m4a aac wma aiff aif mid midi amr ape',
  'a video': 'mp4 m4v mkv webm avi mov wmv flv mpg mpeg m2ts 3gp ogv vob',
  'a program':
    'exe dll so dylib o obj a lib ko sys com elf class pyc pyo pyd wasm node bin beam dex rlib rmeta pdb ilk nib swf',
  'a font': 'ttf otf ttc woff woff2 eot pfb pfm',
  'a database':
    'db db3 sqlite sqlite3 db-wal db-shm db-watch sqlite-wal sqlite-shm mdb accdb dbf frm ibd myd myi ldb sst rdb kdbx parquet orc avro feather arrow h5 hdf5 npy npz mat pkl pickle joblib rds rdata',
  'a model': 'safetensors gguf ggml onnx pt pth ckpt tflite pb',
  'a disk image': 'vdi vmdk vhd vhdx qcow2 ova',
  'a key store': 'jks p12 pfx keystore',
  'a 3D model': 'stl glb fbx 3ds',
  'a compiled catalogue': 'mo qm',
};

const KIND_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(EXTENSIONS).flatMap(([kind, list]) => list.split(' ').map((extension) => [extension, kind] as const)),
);

/** What a file is by its extension when that is no document ("an image", "an archive" ...), else null. */
export function binaryKindOf(name: string): { extension: string; kind: string } | null {
  const dot = name.lastIndexOf('.');
  // A leading dot begins a hidden name, not an extension.
  if (dot <= 0) return null;
  const extension = name.slice(dot + 1).toLowerCase();
  // One compressed file is read like the file within; an archive of many is opened only as `.tar.gz`.
  if (/\.tar\.lz4$/i.test(name)) return { extension, kind: 'an archive' };
  const kind = KIND_OF.get(extension);
  return kind === undefined ? null : { extension, kind };
}
