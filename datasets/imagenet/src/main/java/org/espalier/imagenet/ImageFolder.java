package org.espalier.imagenet;

import java.io.Serializable;

/**
 * A folder whose files are images of one class, or of a flat split.
 *
 * @param name relative to the input, for people
 * @param label of its images, {@link ImageFile#UNKNOWN} in a flat split
 */
record ImageFolder(String split, String name, String location, int label) implements Serializable {}
