// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

import jakarta.jms.JMSException;

import org.taffrail.samples.orderdesk.DeskException;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Set;

import javax.naming.NamingException;

/** A sample as a command. */
interface Sample {
    /** The options that it has, each with a value. */
    Set<String> options();

    /**
     * Runs it and tells what happens.
     *
     * @return whether all went as it should
     * @throws IllegalArgumentException if an option's value is none
     */
    boolean run(CommandLine options, PrintStream out)
            throws JMSException, NamingException, IOException, DeskException, InterruptedException;
}
