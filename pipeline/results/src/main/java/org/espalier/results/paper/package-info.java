/** Tables of "The State of Sparsity in Deep Neural Networks", its numbers beside ours. */
package org.espalier.results.paper;
