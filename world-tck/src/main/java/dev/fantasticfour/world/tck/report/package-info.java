/**
 * What an adapter kept and what it did not, as a file per adapter: surefire files inherited nested
 * tests under the class that declares them, so that two adapters of one module would be one.
 */
@NullMarked
package dev.fantasticfour.world.tck.report;

import org.jspecify.annotations.NullMarked;
