/** What a user imports: broadcaster, viewer, links, options, events and statistics. */
@NullMarked
package dev.livestream;

import org.jspecify.annotations.NullMarked;
