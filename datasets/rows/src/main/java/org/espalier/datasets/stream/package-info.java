/**
 * Streams of decoded batches: addressed by step, read ahead on threads that the process shares,
 * bounded in batches and bytes.
 */
package org.espalier.datasets.stream;
