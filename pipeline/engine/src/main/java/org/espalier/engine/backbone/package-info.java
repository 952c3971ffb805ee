/**
 * The convolutional part of a network that classifies images, as one vertex: convolutions, batch
 * normalisations and what joins them, on feature maps that lie channel by channel with the images
 * of a batch innermost, from the first convolution to the last mean.
 */
package org.espalier.engine.backbone;
