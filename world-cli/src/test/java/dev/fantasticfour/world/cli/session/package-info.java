/** Tests of what commands have in common. */
@NullMarked
package dev.fantasticfour.world.cli.session;

import org.jspecify.annotations.NullMarked;
