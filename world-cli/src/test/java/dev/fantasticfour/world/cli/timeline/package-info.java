/** Tests of drawings over time. */
@NullMarked
package dev.fantasticfour.world.cli.timeline;

import org.jspecify.annotations.NullMarked;
