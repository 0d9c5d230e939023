/** The default transport: QUIC with one UDP socket for both roles. */
@NullMarked
package dev.livestream.transport.quic;

import org.jspecify.annotations.NullMarked;
