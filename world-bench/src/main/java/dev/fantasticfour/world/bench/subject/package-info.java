/**
 * Those who are measured: World, the bare loop that bounds it, and its peers, all doing the same.
 */
@NullMarked
package dev.fantasticfour.world.bench.subject;

import org.jspecify.annotations.NullMarked;
