/** {@code world doctor}: what is wrong with this machine and its servers, and what to do. */
@NullMarked
package dev.fantasticfour.world.cli.doctor;

import org.jspecify.annotations.NullMarked;
