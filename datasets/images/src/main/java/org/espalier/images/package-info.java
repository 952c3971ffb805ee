/**
 * Files of images to RGB pixels and back. Decoders, resizers and encoders belong to one thread each
 * and use their memory again; OpenCV computes on the calling thread alone.
 */
package org.espalier.images;
