/** Histories of many runs in one file: written from one store, taken in by another. */
@NullMarked
package dev.fantasticfour.world.cli.archive;

import org.jspecify.annotations.NullMarked;
