/** Who signed what: keys, certificates and chunk proofs. */
@NullMarked
package dev.livestream.crypto;

import org.jspecify.annotations.NullMarked;
