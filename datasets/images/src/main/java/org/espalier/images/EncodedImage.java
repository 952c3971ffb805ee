package org.espalier.images;

/**
 * An image as a file.
 *
 * @param jpeg the bytes of the file
 * @param width in pixels
 * @param height in pixels
 */
public record EncodedImage(byte[] jpeg, int width, int height) {}
