/**
 * A run as lines of text over time: what its log says is laid out, then scaled, then drawn. Nothing
 * here asks a store or a clock.
 */
@NullMarked
package dev.fantasticfour.world.cli.timeline;

import org.jspecify.annotations.NullMarked;
