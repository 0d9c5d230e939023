/** Repair of what push did not bring in time. */
@NullMarked
package dev.livestream.engine.pull;

import org.jspecify.annotations.NullMarked;
