/** The composition root: which adapters a configuration means, and a world made of them. */
@NullMarked
package dev.fantasticfour.world.cli.assembly;

import org.jspecify.annotations.NullMarked;
