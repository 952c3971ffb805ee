/** What every part leans on and that itself leans on nothing: refusals and addressed randomness. */
package org.espalier.base;
