// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.mutation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * A call of an application on its way to the provider.
 *
 * @param target the provider's object
 * @param method what is called
 * @param args the arguments as the provider gets them; may be changed
 */
record Call(Object target, Method method, Object[] args) {
    private static final Object[] NO_ARGS = {};

    /** Makes a call with arguments of its own. */
    static Call of(Object target, Method method, Object[] args) {
        return new Call(target, method, args == null ? NO_ARGS : args.clone());
    }

    /** Asks the provider. */
    Object proceed() throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Asks the provider in a thread of its own, and answers at once with nothing. */
    Object inBackground() {
        Runnable later =
                () -> {
                    try {
                        proceed();
                    } catch (Throwable e) {
                        throw new IllegalStateException(e);
                    }
                };
        Thread thread = new Thread(later, "in-background");
        thread.setUncaughtExceptionHandler((where, e) -> {});
        thread.setDaemon(true);
        thread.start();
        return null;
    }

    /** Whether it compares objects: only with these as they are does a wrapper work. */
    boolean compares() {
        return method.getDeclaringClass() == Object.class && !method.getName().equals("toString");
    }

    /** The interface and the method's name, which is what mutations tell calls apart by. */
    String name() {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    /** Whether a method of this name is called on an object that is of this type. */
    boolean is(Class<?> type, String name) {
        return method.getName().equals(name) && type.isInstance(target);
    }

    /** What a method returns that does nothing. */
    Object nothing() {
        Class<?> type = method.getReturnType();
        if (!type.isPrimitive() || type == void.class) {
            // The setters of a JMSProducer return the producer.
            return type.isInstance(target) && type != Object.class ? target : null;
        }
        if (type == boolean.class) {
            return false;
        }
        if (type == long.class) {
            return 0L;
        }
        if (type == int.class) {
            return 0;
        }
        if (type == short.class) {
            return (short) 0;
        }
        if (type == byte.class) {
            return (byte) 0;
        }
        if (type == char.class) {
            return (char) 0;
        }
        return type == float.class ? (Object) 0f : (Object) 0d;
    }
}
