/** The wire format: protobuf schema, frame codec and limits. */
@NullMarked
package dev.livestream.wire;

import org.jspecify.annotations.NullMarked;
