import { Bell, ChartNoAxesColumn, Database, LayoutGrid, List, Phone, Server, ShieldCheck, SlidersHorizontal, Users, type LucideIcon } from 'lucide-react';

export const adminPages = ['overview', 'calls', 'people', 'rooms', 'storage', 'access', 'limits', 'alerts', 'log', 'server'] as const;
export type AdminPageName = (typeof adminPages)[number];

export const adminPageOf = (name: string): AdminPageName => adminPages.find((page) => page === name) ?? 'overview';
export const adminPath = (page: AdminPageName): string => `/admin/${page}`;

export const adminIcons: Readonly<Record<AdminPageName, LucideIcon>> = {
  overview: ChartNoAxesColumn,
  calls: Phone,
  people: Users,
  rooms: LayoutGrid,
  storage: Database,
  access: ShieldCheck,
  limits: SlidersHorizontal,
  alerts: Bell,
  log: List,
  server: Server,
};
