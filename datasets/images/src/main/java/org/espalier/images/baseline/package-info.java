/**
 * Baseline JPEG in plain Java (ITU-T T.81), from file to planes of luminance and chrominance and
 * back without a detour over RGB. What is not the usual form, or not sound, is left to others.
 * Arithmetic is in float32, one operation after the other, so the same file gives the same values
 * everywhere.
 */
package org.espalier.images.baseline;
