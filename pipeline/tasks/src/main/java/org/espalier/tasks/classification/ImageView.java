package org.espalier.tasks.classification;

import org.espalier.images.baseline.Region;

/**
 * The part of an image that is seen.
 *
 * @param region inside the image
 * @param mirrored whether left and right are exchanged
 */
record ImageView(Region region, boolean mirrored) {}
