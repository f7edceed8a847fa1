// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.kit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that checks one statement of Jakarta Messaging. The method takes a {@link Scene},
 * opens all it needs through it, and throws where the provider does not behave: an {@link
 * AssertionError}, or what the provider threw. Its name says the behaviour; with its class it is
 * the check's id and stays the same from release to release.
 *
 * <p>Checks run side by side, in any order, and share nothing: each has destinations, client ids
 * and subscription names of its own. They wait for conditions, never for the clock; where something
 * must <em>not</em> come they wait {@link Scene#quietMs}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Check {
    /**
     * Returns where the statement stands: a section of Jakarta Messaging 3.1 such as {@code 6.1.5},
     * or {@code api:Session.close} for the Javadoc of the interfaces.
     *
     * @return the section
     */
    String section();

    /**
     * Returns the statement in one sentence of the kit's own.
     *
     * @return what a provider does
     */
    String says();

    /**
     * Returns how binding the statement is.
     *
     * @return the strength, {@link Strength#MUST} where nothing is said
     */
    Strength strength() default Strength.MUST;

    /**
     * Tells whether the check restarts the provider, which it does once, with {@link Scene#restart}
     * or {@link Scene#crash}. Those run last, and only where the kit has started the provider.
     * Several share an orderly restart: each waits there until all have come as far.
     *
     * @return false where nothing is said
     */
    boolean restarts() default false;

    /**
     * Tells of a check that restarts the provider whether it kills it. That is not shared: it comes
     * at once.
     *
     * @return true if it calls {@link Scene#crash}, false if {@link Scene#restart}
     */
    boolean kills() default false;
}
