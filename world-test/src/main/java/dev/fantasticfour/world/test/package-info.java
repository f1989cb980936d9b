/**
 * What applications test their workflows with: the engine itself, on a world in memory whose time
 * belongs to the test. Nothing is built again for tests; only bodies of steps are replaced.
 */
@NullMarked
package dev.fantasticfour.world.test;

import org.jspecify.annotations.NullMarked;
