// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.osgi;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

import java.util.Hashtable;

import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Starts and stops the gauge watch with its bundle.
 *
 * <p>JNDI finds the class named by {@code java.naming.factory.initial} by the thread's class
 * loader, and the framework's threads have none that knows a bundle. So the lookup, and the thread
 * that reads object messages, get the loader of this bundle, which imports the provider's packages.
 */
public final class GaugeActivator implements BundleActivator {
    /** The framework property with the broker's URL. */
    public static final String URL = "gauge.broker.url";

    private GaugeWatch watch;

    /** For the framework. */
    public GaugeActivator() {}

    @Override
    public void start(BundleContext context) throws NamingException, JMSException {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(GaugeActivator.class.getClassLoader());
        try {
            Context jndi = new InitialContext(environment(context.getProperty(URL)));
            watch =
                    new GaugeWatch(
                            (ConnectionFactory) jndi.lookup("ConnectionFactory"),
                            (Queue) jndi.lookup("readings"),
                            (Queue) jndi.lookup("alarms"));
            Thread thread = new Thread(watch, "gauge-watch"); // has this thread's class loader
            thread.setDaemon(true);
            thread.start();
        } finally {
            current.setContextClassLoader(before);
        }
    }

    private static Hashtable<String, String> environment(String url) {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(
                Context.INITIAL_CONTEXT_FACTORY,
                "org.taffrail.jms.jndi.TaffrailInitialContextFactory");
        environment.put("connectionFactory.ConnectionFactory", url);
        environment.put("queue.readings", "gauge.readings");
        environment.put("queue.alarms", "gauge.alarms");
        return environment;
    }

    @Override
    public void stop(BundleContext context) throws InterruptedException {
        watch.close();
    }
}
