/** Literals that Go accepts and rejects, each as the value of a variable. */
export const VALID_LITERALS: readonly string[] = [
  ...['0', '1', '42', '4_2', '0600', '0_600', '0o600', '0O600', '0xBadFace', '0x_67_7a', '0b1011', '0B0_1', '170141183460469231731'],
  ...['0.', '72.40', '072.40', '2.71828', '1.e+0', '6.67428e-11', '1E6', '.25', '.12345E+5', '1_5.', '0.15e+0_2'],
  ...['0x1p-2', '0x2.p10', '0x1.Fp+0', '0X.8p-0', '0X_1FFFP-16', '0x15e-2'],
  ...['0i', '0123i', '0o123i', '0xabci', '0.i', '2.71828i', '1.e+0i', '.25i', '0x1p-2i', '08i', '09.5i'],
  ...["'a'", "'ä'", "'本'", String.raw`'\t'`, String.raw`'\000'`, String.raw`'\377'`, String.raw`'\x07'`, String.raw`'\u12e4'`],
  ...[String.raw`'\U00101234'`, String.raw`'\''`, `'"'`, "'😀'", String.raw`'\\'`],
  ...['`abc`', '``', '`\\n\n\\n`', '"\\n"', '"\\""', '""', '"日本語"', String.raw`"\u65e5\U00008a9e"`, String.raw`"\xff\377"`, '"\t"'],
];

export const INVALID_LITERALS: readonly string[] = [
  ...['08', '0_', '42_', '4__2', '0x', '0x_', '0xBadFacG', '0b', '0b12', '0o8', '0o', '1_e1', '0b1p2', '0x1.0', '1e', '1e+', '0x1p', '.e1'],
  ...['1p-2', '0x.p1', '1_.5', '1._5', '1.5_', '1.5_e1', '0xep_1', '1x', '0128', '07_8', '0x1e_'],
  ...["''", "'aa'", "'''", "'\n'", String.raw`'\k'`, String.raw`'\xa'`, String.raw`'\0'`, String.raw`'\400'`, String.raw`'\uDFFF'`],
  ...[String.raw`'\U00110000'`, String.raw`'\"'`, String.raw`'\u12'`, "'"],
  ...[
    '"\n"',
    '"',
    String.raw`"\'"`,
    String.raw`"\z"`,
    String.raw`"\xg0"`,
    String.raw`"\08"`,
    String.raw`"\uD800"`,
    '`',
    '#',
    '$',
    '?',
    '“a”',
    '1 \\',
  ],
];
