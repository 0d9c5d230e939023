/** A network in memory for tests of what stands above a transport. Real ones are tested with it. */
package dev.livestream.fake;
