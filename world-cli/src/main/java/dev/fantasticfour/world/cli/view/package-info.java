/** How values look: as JSON, as a table, as a moment. */
@NullMarked
package dev.fantasticfour.world.cli.view;

import org.jspecify.annotations.NullMarked;
