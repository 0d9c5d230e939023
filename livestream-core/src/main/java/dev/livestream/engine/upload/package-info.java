/**
 * What is sent next, and when.
 *
 * <p>Every chunk that leaves goes through the {@link dev.livestream.engine.upload.Uploader}: one
 * queue by urgency, a {@link dev.livestream.engine.upload.Pacer} for the hard limit, and an {@link
 * dev.livestream.engine.upload.UplinkMeter} that measures what the uplink carries.
 */
@NullMarked
package dev.livestream.engine.upload;

import org.jspecify.annotations.NullMarked;
