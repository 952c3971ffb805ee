/** Times of single layers over their kept weights alone, beside those of the dense kernels. */
package org.espalier.jobs.bench.sparse;
