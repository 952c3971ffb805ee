/** Measurements of rounds, kernels and layers. */
package org.espalier.jobs.bench;
