/** The reports of the kit. */
@NullMarked
package dev.fantasticfour.world.tck.report;

import org.jspecify.annotations.NullMarked;
