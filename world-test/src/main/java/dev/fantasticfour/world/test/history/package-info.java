/**
 * Histories that runs have left, told again to the code of today: whether a build that is about to
 * be deployed still does what its runs have done.
 */
@NullMarked
package dev.fantasticfour.world.test.history;

import org.jspecify.annotations.NullMarked;
