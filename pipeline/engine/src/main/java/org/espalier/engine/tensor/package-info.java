/**
 * The tensors of a network: how layers and vertices declare them, where they lie in the flat
 * vector, and the masks that are held for them.
 */
package org.espalier.engine.tensor;
