// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check;

import org.taffrail.check.record.Recording;
import org.taffrail.check.record.Setting;

import java.nio.file.Paths;
import java.util.Hashtable;

import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.NoInitialContextException;
import javax.naming.spi.InitialContextFactory;

/**
 * An initial context factory in front of the provider's: connection factories that are looked up
 * come wrapped, everything else as it is. The environment, such as {@code jndi.properties}, names
 * the provider's:
 *
 * <pre>
 * java.naming.factory.initial=org.taffrail.check.CheckInitialContextFactory
 * taffrail.check.initial=org.apache.activemq.jndi.ActiveMQInitialContextFactory
 * taffrail.check.folder=/var/tmp/check
 * </pre>
 *
 * <p>Thread-safe.
 */
public final class CheckInitialContextFactory implements InitialContextFactory {
    /** Called by JNDI. */
    public CheckInitialContextFactory() {}

    /**
     * Makes the provider's initial context, with a proxy around it.
     *
     * @param environment the application's; the provider gets it with its own factory named in it
     * @return the context
     * @throws NoInitialContextException if {@code taffrail.check.initial} is missing or its class
     *     can't be made
     * @throws NamingException if the provider says so
     */
    @Override
    public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
        String initial = Setting.INITIAL.value(environment);
        if (initial == null || initial.equals(CheckInitialContextFactory.class.getName())) {
            throw new NoInitialContextException(
                    Setting.INITIAL.key()
                            + " must name the initial context factory of the present provider");
        }
        Hashtable<Object, Object> passed = new Hashtable<>(environment);
        passed.put(Context.INITIAL_CONTEXT_FACTORY, initial);
        Context context = factory(initial).getInitialContext(passed);
        return NamingTap.around(
                context, Recording.in(Paths.get(Setting.FOLDER.value(environment))).recorder());
    }

    private static InitialContextFactory factory(String name) throws NoInitialContextException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try {
            Class<?> type =
                    Class.forName(
                            name,
                            true,
                            loader != null
                                    ? loader
                                    : CheckInitialContextFactory.class.getClassLoader());
            return (InitialContextFactory) type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            NoInitialContextException thrown =
                    new NoInitialContextException(
                            Setting.INITIAL.key() + "=" + name + " can't be made: " + e);
            thrown.setRootCause(e);
            throw thrown;
        }
    }
}
