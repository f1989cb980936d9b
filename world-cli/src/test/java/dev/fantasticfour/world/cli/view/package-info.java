/** Tests of how values look. */
@NullMarked
package dev.fantasticfour.world.cli.view;

import org.jspecify.annotations.NullMarked;
