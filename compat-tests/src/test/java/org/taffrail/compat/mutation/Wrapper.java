// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.mutation;

import jakarta.jms.CompletionListener;
import jakarta.jms.Connection;
import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSContext;
import jakarta.jms.MessageListener;

import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Enumeration;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Wraps a provider's objects, all that an application ever sees of them, so that each call meets a
 * {@link Mutation}. An object has one wrapper, which comes off on its way back to the provider; the
 * application's listeners are wrapped the other way round. Lives as long as one check.
 */
final class Wrapper {
    private static final Set<Class<?>> LISTENERS =
            Set.of(MessageListener.class, CompletionListener.class, ExceptionListener.class);

    private final Mutation mutation;
    private final Map<Object, Object> wrappers = new IdentityHashMap<>();
    private final Map<Object, Object> originals = new IdentityHashMap<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private volatile boolean over;

    Wrapper(Mutation mutation) {
        this.mutation = mutation;
    }

    /** Wraps what a provider gives to an application, if it is of the API. */
    synchronized Object toApplication(Object value) {
        if (value == null || originals.containsKey(value) && isListener(value)) {
            return originals.get(value);
        }
        if (!isOfApi(value) || originals.containsKey(value)) {
            return value;
        }
        Set<Class<?>> types = interfacesOf(value);
        types.removeIf(type -> !mutation.shows(type));
        if (value instanceof Serializable) {
            types.add(Written.class);
        }
        return wrap(value, types, this::called);
    }

    /**
     * Ends the trial: a check that still runs, perhaps in a loop that has no end on a broken
     * provider, gets no further. Closes what connections it leaves open.
     */
    void release() {
        over = true;
        for (AutoCloseable next = nextOpened(); next != null; next = nextOpened()) {
            try {
                next.close();
            } catch (Exception e) { // what a check has left behind need not close well
                continue;
            }
        }
    }

    private synchronized AutoCloseable nextOpened() {
        return opened.poll();
    }

    /** Takes the wrapper off what an application gives to a provider, or puts one on listeners. */
    private synchronized Object toProvider(Object value) {
        if (value == null || originals.containsKey(value)) {
            return originals.get(value);
        }
        if (isListener(value)) {
            return wrap(value, interfacesOf(value), this::calledBack);
        }
        return value;
    }

    /** What a wrapper does when it is called. */
    @FunctionalInterface
    private interface Answer {
        Object to(Object original, Method method, Object[] args) throws Throwable;
    }

    private Object wrap(Object original, Set<Class<?>> types, Answer answer) {
        Object known = wrappers.get(original);
        if (known != null) {
            return known;
        }
        InvocationHandler handler = (wrapper, method, args) -> answer.to(original, method, args);
        Object wrapper =
                Proxy.newProxyInstance(
                        Wrapper.class.getClassLoader(), types.toArray(Class<?>[]::new), handler);
        if (original instanceof Connection || original instanceof JMSContext) {
            opened.push((AutoCloseable) original);
        }
        wrappers.put(original, wrapper);
        originals.put(wrapper, original);
        return wrapper;
    }

    private Object called(Object original, Method method, Object[] args) throws Throwable {
        if (over) {
            throw new IllegalStateException("the trial is over");
        }
        if (method.getDeclaringClass() == Written.class) {
            Written itself = () -> original;
            return mutation.answer(Call.of(itself, method, args));
        }
        Call call = Call.of(original, method, args);
        for (int i = 0; i < call.args().length; i++) {
            call.args()[i] = toProvider(call.args()[i]);
        }
        return call.compares() ? call.proceed() : toApplication(mutation.answer(call));
    }

    private Object calledBack(Object original, Method method, Object[] args) throws Throwable {
        Call call = Call.of(original, method, args);
        for (int i = 0; i < call.args().length; i++) {
            call.args()[i] = toApplication(call.args()[i]);
        }
        return call.compares() ? call.proceed() : mutation.answer(call);
    }

    private static boolean isOfApi(Object value) {
        boolean ofApi = value instanceof Enumeration<?>;
        for (Class<?> each : interfacesOf(value)) {
            ofApi |= each.getName().startsWith("jakarta.jms.");
        }
        return ofApi && !isListener(value);
    }

    private static boolean isListener(Object value) {
        return LISTENERS.stream().anyMatch(type -> type.isInstance(value));
    }

    private static Set<Class<?>> interfacesOf(Object value) {
        Set<Class<?>> found = new LinkedHashSet<>();
        for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
            collect(type, found);
        }
        return found;
    }

    private static void collect(Class<?> type, Set<Class<?>> found) {
        for (Class<?> each : type.getInterfaces()) {
            String name = each.getName();
            if (name.startsWith("jakarta.jms.") || name.startsWith("java")) {
                found.add(each);
            }
            collect(each, found);
        }
    }
}
