/**
 * Histories as files: JSON Lines that people, `jq` and other builds can read. A history is a
 * header, one line per event and a trailer; a file holds one or, of a chain, several. Knows no file
 * itself: it writes to what it is given, and reads from it.
 */
@NullMarked
package dev.fantasticfour.world.core.engine.export;

import org.jspecify.annotations.NullMarked;
