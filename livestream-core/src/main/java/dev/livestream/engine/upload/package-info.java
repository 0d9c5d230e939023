/** What is sent next, and when, under the upload limit. */
@NullMarked
package dev.livestream.engine.upload;

import org.jspecify.annotations.NullMarked;
