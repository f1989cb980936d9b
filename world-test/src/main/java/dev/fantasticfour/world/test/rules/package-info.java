/**
 * Rules about the classes of an application, by ArchUnit: the code of its workflows does nothing
 * that a replay would do otherwise. Tests of applications call {@link
 * dev.fantasticfour.world.test.rules.WorkflowRules}; nothing else in here is called from outside.
 *
 * <p>ArchUnit says which classes there are and how they descend from each other. It does not say
 * what a lambda is for, and on that everything hangs: the body of a step may do what the code
 * around it may not. So the code itself is read from the class files, where each lambda stands with
 * the interface that it implements.
 */
@NullMarked
package dev.fantasticfour.world.test.rules;

import org.jspecify.annotations.NullMarked;
