/**
 * Histories of our own: what builds before this one have written, one for each thing that code can
 * ask for. The code that is told them stays as it is.
 */
@NullMarked
package dev.fantasticfour.world.test.history;

import org.jspecify.annotations.NullMarked;
