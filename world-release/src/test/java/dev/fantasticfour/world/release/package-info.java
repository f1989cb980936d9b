/**
 * What is asked of all modules together before anything is published: their poms and names, their
 * API beside that of the last release, what they bring, and the script that releases them.
 */
@NullMarked
package dev.fantasticfour.world.release;

import org.jspecify.annotations.NullMarked;
