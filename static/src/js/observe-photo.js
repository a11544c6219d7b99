// A photo of work becomes small on the device, and loses there what the camera wrote into it; the server looks once more.
const LONGEST = 1600;
const THUMB = 240;

async function drawn(picture, longest, quality) {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
}

/** { blob, thumb } of a picture, or null where it is none that this device can read. */
export async function smaller(file) {
  try {
    const picture = await createImageBitmap(file);
    const blob = await drawn(picture, LONGEST, 0.85);
    const thumb = await seen(await drawn(picture, THUMB, 0.7));
    picture.close();
    return blob && { blob, thumb };
  } catch {
    return null;
  }
}

/** As an address that the content security policy lets in. */
export function seen(blob) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = failed;
    reader.readAsDataURL(blob);
  });
}
