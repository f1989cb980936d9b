/** Who did what by hand. */
@NullMarked
package dev.fantasticfour.world.cli.audit;

import org.jspecify.annotations.NullMarked;
