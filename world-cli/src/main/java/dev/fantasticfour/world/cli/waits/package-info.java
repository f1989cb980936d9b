/** Commands about what runs wait for. */
@NullMarked
package dev.fantasticfour.world.cli.waits;

import org.jspecify.annotations.NullMarked;
