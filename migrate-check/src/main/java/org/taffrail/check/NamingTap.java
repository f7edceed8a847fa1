// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check;

import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.Topic;

import org.taffrail.check.record.Feature;
import org.taffrail.check.record.Recorder;
import org.taffrail.check.tap.Taps;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;

import javax.naming.Context;
import javax.naming.directory.DirContext;
import javax.naming.event.EventContext;
import javax.naming.event.EventDirContext;
import javax.naming.ldap.LdapContext;

/**
 * Stands before a context of the provider, with the interfaces of JNDI that it has: what is looked
 * up through it and is a connection factory comes wrapped, what is a context with one of these
 * before it. What is listed comes as it is.
 */
final class NamingTap implements InvocationHandler {
    private static final Class<?>[] INTERFACES = {
        LdapContext.class,
        EventDirContext.class,
        DirContext.class,
        EventContext.class,
        Context.class
    };

    private final Context context;
    private final Recorder recorder;

    private NamingTap(Context context, Recorder recorder) {
        this.context = context;
        this.recorder = recorder;
    }

    static Context around(Context context, Recorder recorder) {
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        for (Class<?> each : INTERFACES) {
            if (each.isInstance(context)) {
                interfaces.add(each);
            }
        }
        return (Context)
                Proxy.newProxyInstance(
                        NamingTap.class.getClassLoader(),
                        interfaces.toArray(new Class<?>[0]),
                        new NamingTap(context, recorder));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] given) throws Throwable {
        Object[] args = given == null ? new Object[0] : given;
        if (method.getDeclaringClass() == Object.class && method.getName().equals("equals")) {
            return args[0] == proxy || context.equals(unwrapped(args[0]));
        }
        Object result;
        try {
            result = method.invoke(context, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        return method.getName().startsWith("lookup") ? found(args[0], result) : result;
    }

    private static Object unwrapped(Object object) {
        if (object != null && Proxy.isProxyClass(object.getClass())) {
            InvocationHandler handler = Proxy.getInvocationHandler(object);
            if (handler instanceof NamingTap) {
                return ((NamingTap) handler).context;
            }
        }
        return object;
    }

    private Object found(Object name, Object result) {
        if (result instanceof Context) {
            return around((Context) result, recorder);
        }
        try {
            if (Taps.isFactory(result)) {
                recorder.used(Feature.JNDI_FACTORY, String.valueOf(name));
                return Taps.factory(result, recorder);
            }
            destination(name, result);
        } catch (JMSException | RuntimeException | LinkageError e) {
            recorder.failed(e);
        }
        return result;
    }

    private void destination(Object name, Object result) throws JMSException {
        if (result instanceof Queue) {
            String queue = ((Queue) result).getQueueName();
            recorder.used(Feature.JNDI_QUEUE, String.valueOf(name) + '\t' + queue);
        } else if (result instanceof Topic) {
            String topic = ((Topic) result).getTopicName();
            recorder.used(Feature.JNDI_TOPIC, String.valueOf(name) + '\t' + topic);
        }
    }
}
