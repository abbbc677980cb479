import { liftTexts } from './svg-text.js';

/** The fonts that come with the product, as paths within packages. Only these are used, whatever the machine has. */
export const fontFiles = [
  '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
  '@expo-google-fonts/noto-sans-devanagari/400Regular/NotoSansDevanagari_400Regular.ttf',
  '@expo-google-fonts/noto-sans-devanagari/700Bold/NotoSansDevanagari_700Bold.ttf',
  '@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf',
  '@expo-google-fonts/noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf',
] as const;

/** Family names of the fonts above, in the order in which a missing glyph is looked for. */
export const fontFamilies = ['Noto Sans', 'Noto Sans Devanagari', 'Noto Sans Arabic'] as const;

// The same request gives the same bytes: no date of rendering, no font of the machine. A template can set both.
// A picture's texts, taken out of it by `liftTexts`, are set over it by Typst, which shapes every script.
const PRELUDE = `#set document(date: none)
#set text(font: (${fontFamilies.map((family) => `"${family}"`).join(', ')}), fallback: false)
#show image: it => {
  if type(it.source) != str { return it }
  let picture = json(it.source + ".json")
  if picture.texts.len() == 0 { return it }
  layout(outer => {
    let size = measure(it, width: outer.width, height: outer.height)
    let (across, down) = (size.width / picture.width, size.height / picture.height)
    let unit = if it.fit == "contain" { calc.min(across, down) } else { calc.max(across, down) }
    let (left-edge, top-edge) = ((size.width - picture.width * unit) / 2, (size.height - picture.height * unit) / 2)
    block(width: size.width, height: size.height, breakable: false, {
      it
      for label in picture.texts {
        let body = text(
          size: label.size * unit,
          weight: label.weight,
          fill: rgb(label.color),
          top-edge: "ascender",
          bottom-edge: "descender",
          label.text,
        )
        let extent = measure(body)
        place(top + left, dx: left-edge + label.x * unit, dy: top-edge + label.y * unit, rotate(
          label.angle * 1deg,
          origin: top + left,
          box(width: 0pt, height: 0pt, place(
            top + left,
            dx: -label.anchor * extent.width,
            dy: -extent.height / 2,
            box(width: extent.width, body),
          )),
        ))
      }
    })
  })
}
`;

// The compiler fetches packages over the network and cannot be told not to (Myriad-Dreamin/typst.ts issue 893), so a
// template cannot name one: packages are reached by the first two words alone, `eval` would run them from a text, and `std`
// gives `eval` by another name. They are refused in prose too, as only a parser could tell; words for readers come in the data.
const FORBIDDEN_WORD = /(?<![A-Za-z])(?:import|include|eval|std)(?![A-Za-z0-9_])/;
const CLOCK = /datetime\s*\.\s*today/;
const IMAGE_NAME = /^[A-Za-z0-9_-]{1,100}\.svg$/;

/** The source given to the compiler; throws a plain Error when the template could leave its sandbox or asks for the time. */
export function sealTemplate(template: string): string {
  const word = FORBIDDEN_WORD.exec(template)?.[0];
  if (word !== undefined) throw new Error(`A PDF template cannot use the word "${word}".`);
  if (CLOCK.test(template)) throw new Error('A PDF template takes the time from its data, not from "datetime.today".');
  return PRELUDE + template;
}

/** The files a picture becomes, by name; throws a plain Error unless the name is plain, such as `sales-by-hour.svg`. */
export function toPictureFiles(name: string, text: string): [string, string][] {
  if (!IMAGE_NAME.test(name)) throw new Error(`"${name}" is not a file name for an SVG image.`);
  const { svg, ...lifted } = liftTexts(text.toWellFormed());
  return [
    [name, svg],
    [`${name}.json`, toJsonFile(lifted)],
  ];
}

/** JSON text of any value; a lone surrogate, which Typst's JSON reader refuses, becomes U+FFFD. */
export function toJsonFile(data: unknown): string {
  const text = JSON.stringify(data, (_key, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed() : value,
  );
  // Against its type, JSON.stringify answers undefined for undefined and for functions.
  if (typeof text !== 'string') throw new Error('The data of a PDF must be JSON.');
  return text;
}
