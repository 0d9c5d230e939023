/**
 * Who pushes what to whom: a tree for each substream.
 *
 * <p>{@link dev.livestream.engine.push.Trees} is the way in. A {@code Substream} is this peer's
 * place in one tree. {@code ParentSeeker} and {@code ParentWatch} are the child's side: finding a
 * parent, and noticing one that does not deliver. {@code PlaceRequests}, {@code ChildPlaces} and
 * {@code Slots} are the parent's side: what whoever asks is told, who gets a place, and how many
 * there are. {@code SupplyBoard} tells where there is room. Nothing here looks into a chunk.
 */
@NullMarked
package dev.livestream.engine.push;

import org.jspecify.annotations.NullMarked;
