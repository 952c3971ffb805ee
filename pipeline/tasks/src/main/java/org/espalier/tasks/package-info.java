/** How rows of a dataset become a network's batches, and how a trained network is judged. */
package org.espalier.tasks;
