/** Translation of sentences: pairs become batches of subwords, networks are judged by token. */
package org.espalier.tasks.translation;
