# How the service is.
administration-state-title = İdarəetmə
administration-state-parts = Xidmətin vəziyyəti
administration-state-substitutions = Əvəzetmələr
administration-grade-good = Qaydasındadır
administration-grade-watch = Diqqət edin
administration-grade-bad = Düzəldilməlidir
administration-part-database = Verilənlər bazası
administration-part-schema = Sxem { $version }
administration-part-log = Jurnal
administration-part-entries = { $count } qeyd, imza düzgündür
administration-part-log-empty = Hələ qeyd yoxdur
administration-part-log-damaged = Jurnalın imzası açılmır. Heç nə dəyişməyin və Ombudsmana xəbər verin.
administration-part-upkeep = Arxa plan işi
administration-part-waiting = Nömrə gözləyən qeydlər
administration-part-status = Status siyahısı imzalanıb
administration-part-never = hələ yox
administration-part-disk = Diskdə boş yer
administration-part-free = { $count } MB
administration-part-unknown = bilinmir
administration-part-jobs = Tapşırıqlar
administration-part-failed = Uğursuz: { $count }
administration-part-card-signer = Vəsiqə imza açarı
administration-part-status-signer = Status siyahısının imza açarı
administration-part-in-use = istifadədədir
administration-part-no-signer = İstifadədə açar yoxdur. Vəsiqə imzalamaq olmur.

# Accounts.
administration-account-title = Hesablar
administration-account-name = Hesabın adı
administration-account-name-hint = Kiçik latın hərfləri, rəqəmlər, nöqtə və defis
administration-account-active = Aktivdir
administration-account-off = Bağlıdır
administration-account-failed = Uğursuz cəhdlər
administration-account-acts = Əməliyyatlar
administration-account-reset = Yeni parol ver
administration-account-second = İkinci addımı da söndür (telefon itib)
administration-account-disable = Hesabı bağla
administration-account-disabled = Hesab bağlandı.
administration-account-add = Hesab əlavə et
administration-account-told = Parol
administration-account-told-once = Parol yalnız indi göstərilir. Onu əməkdaşa şəxsən verin. O, ilk girişdən sonra parolu dəyişməlidir.

# Roles.
administration-role-title = Rollar
administration-role-explain = Proqram məhz bu cədvəl üzrə qərar verir. Burada olmayan hər şey qadağandır.

# The country pack.
administration-pack-title = Ölkə paketi
administration-pack-explain = Təsdiqlənməmiş hər yazını hüquqşünas istifadədən əvvəl təsdiq etməlidir.
administration-pack-marks = Etibarlılıq
administration-pack-all = Hamısı
administration-pack-entry = Yazı
administration-pack-content = Məzmun
administration-pack-source = Mənbə
administration-pack-mark = Etibarlılıq
administration-mark-unconfirmed = Təsdiqlənməyib
administration-mark-secondary = İkinci dərəcəli mənbə
administration-mark-verified = Yoxlanılıb
administration-kind-instrument = Akt
administration-kind-provision = Norma
administration-kind-figure = Göstərici
administration-kind-list = Kod siyahısı
administration-kind-clock = Müddət
administration-kind-phones = Telefonlar
